const STORAGE_KEY = 'slipway.demo.person';

/** Keeps who was chosen, so that a reload does not ask again. */
export const rememberedPerson = {
  get(): string | undefined {
    return window.localStorage.getItem(STORAGE_KEY) ?? undefined;
  },
  set(name: string): void {
    window.localStorage.setItem(STORAGE_KEY, name);
  },
  forget(): void {
    window.localStorage.removeItem(STORAGE_KEY);
  },
};
