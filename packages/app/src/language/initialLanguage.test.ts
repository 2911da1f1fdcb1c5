import { chooseLanguage } from './initialLanguage';

describe('chooseLanguage', () => {
  it.each([
    ['?lang=zh', 'en', ['en-GB'], 'zh'],
    ['?lang=zh-CN', undefined, ['en'], 'zh'],
    ['?lang=fr', 'zh', ['en'], 'zh'],
    ['', 'zh', ['en-US'], 'zh'],
    ['', undefined, ['fr-CH', 'zh-Hans', 'en'], 'zh'],
    ['?x=1', undefined, ['EN-us'], 'en'],
    ['', undefined, ['fr', 'de'], undefined],
    ['', undefined, [], undefined],
  ])('%p, stored %p, preferred %p: %p', (search, stored, preferred, wanted) => {
    expect(chooseLanguage({ search, stored, preferred })).toBe(wanted);
  });
});
