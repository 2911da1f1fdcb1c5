import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole apps are rendered, on machines that do other things as well.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(180_000);

// The editor measures text, and jsdom lays nothing out.
const nowhere = () => new DOMRect();
Range.prototype.getBoundingClientRect ??= nowhere;
Range.prototype.getClientRects ??= () =>
  Object.assign([], { item: () => nowhere() }) as unknown as DOMRectList;
