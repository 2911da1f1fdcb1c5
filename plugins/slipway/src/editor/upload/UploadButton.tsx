import { useRef } from 'react';
import Button from '@material-ui/core/Button';
import CloudUpload from '@material-ui/icons/CloudUploadOutlined';

/** Lets somebody choose files of their own computer. */
export function UploadButton(props: {
  label: string;
  multiple: boolean;
  disabled?: boolean;
  onFiles: (files: readonly File[]) => void;
}) {
  const { label, multiple, disabled, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        hidden
        ref={input}
        type="file"
        aria-label={label}
        multiple={multiple}
        onChange={event => {
          const files = [...(event.target.files ?? [])];
          // Choosing the same file again is a choice as well.
          event.target.value = '';
          if (files.length > 0) {
            onFiles(files);
          }
        }}
      />
      <Button
        size="small"
        startIcon={<CloudUpload />}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </>
  );
}
