import { durationText } from './durationText';

describe('durationText', () => {
  it.each([
    [-5, '0 ms', '0毫秒'],
    [40, '40 ms', '40毫秒'],
    [1_840, '1.8 sec', '1.8秒'],
    [59_999, '59 sec', '59秒'],
    [125_000, '2 min 5 sec', '2分钟 5秒'],
    [3 * 3_600_000 + 120_000, '3 hr 2 min', '3小时 2分钟'],
  ])('says %d ms', (ms, english, chinese) => {
    expect(durationText(ms, 'en')).toBe(english);
    expect(durationText(ms, 'zh')).toBe(chinese);
  });
});
