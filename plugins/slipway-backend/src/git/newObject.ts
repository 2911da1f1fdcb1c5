import { hashObject } from './packEntry';

/** An object that was made here and is not in the repository yet. */
export interface NewObject {
  type: 'blob' | 'tree' | 'commit';
  oid: string;
  data: Buffer;
}

export function newObject(type: NewObject['type'], data: Buffer): NewObject {
  return { type, oid: hashObject(type, data), data };
}

/** A file's content as Git stores it. */
export function blobObject(data: Buffer): NewObject {
  return newObject('blob', data);
}
