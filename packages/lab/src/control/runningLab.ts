import { mkdir, readFile, rm, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import { cacheFolder } from '../build';
import { LabError } from '../LabError';

/** Where a running lab takes orders. */
export interface ControlAddress {
  url: string;
  token: string;
  /** Of the lab's own process. */
  pid: number;
}

const stateFile = () => join(cacheFolder(), 'running.json');

/** The lab that this person runs on this machine, if there is one. */
export async function findRunningLab(): Promise<ControlAddress | undefined> {
  const text = await readFile(stateFile(), 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  const address: ControlAddress = JSON.parse(text);
  return (await takesOrders(address)) ? address : undefined;
}

/** Lets other terminals find the lab; resolves to how to end that. */
export async function announce(
  address: ControlAddress,
): Promise<() => Promise<void>> {
  await mkdir(dirname(stateFile()), { recursive: true });
  await writeFile(stateFile(), JSON.stringify(address), { mode: 0o600 });
  return () => rm(stateFile(), { force: true });
}

/** Has the running lab carry an order out; resolves to what it says. */
export async function sendOrder(words: string[]): Promise<string> {
  const address = await findRunningLab();
  if (!address) {
    throw new LabError('No lab is running: start one with npm run lab.');
  }
  const response = await fetch(address.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${address.token}` },
    body: JSON.stringify(words),
  });
  const { message, error } = (await response.json()) as {
    message?: string;
    error?: string;
  };
  if (message === undefined) {
    throw new LabError(error ?? `The lab answered ${response.status}.`);
  }
  return message;
}

/** It may have been killed, and another have its port by now. */
async function takesOrders({ url, token }: ControlAddress): Promise<boolean> {
  try {
    const { status } = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
    });
    return status === 200;
  } catch {
    return false;
  }
}
