import { DragEvent, useState } from 'react';

function nodeUnder(event: DragEvent): string | undefined {
  return event.target instanceof Element
    ? event.target.closest<HTMLElement>('[data-node]')?.dataset.node
    : undefined;
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return [...dataTransfer.types].includes('Files');
}

/** Lets somebody drop files of their computer on rows of the tree; `over` is the row that they are over. */
export function useDropFiles(
  onDrop: (node: string, files: readonly File[]) => void,
) {
  const [over, setOver] = useState<string>();
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (bringsFiles(event)) {
          // Else the browser would leave the page for the file.
          event.preventDefault();
          setOver(nodeUnder(event));
        }
      },
      onDragLeave: () => setOver(undefined),
      onDrop: (event: DragEvent) => {
        if (bringsFiles(event)) {
          event.preventDefault();
          const node = nodeUnder(event);
          setOver(undefined);
          if (node) {
            onDrop(node, [...event.dataTransfer.files]);
          }
        }
      },
    },
  };
}
