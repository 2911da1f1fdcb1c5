/** The port, or undefined where it is taken; 0 asks for any. */
export function tryPort(port: number): Promise<number | undefined>;
