export type Chromium = { executablePath: string; args: string[] };

export function findChromium(): Promise<Chromium>;
