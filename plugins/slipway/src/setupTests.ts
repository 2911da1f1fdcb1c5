import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole apps are rendered, on machines that do other things as well.
configure({ asyncUtilTimeout: 5_000 });
jest.setTimeout(30_000);
