/** Chinese names, pure. */

/** Surnames of two characters that still occur; any other Chinese surname is one. */
const compound = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '司徒',
  '令狐',
  '宇文',
  '长孙',
  '夏侯',
  '端木',
  '轩辕',
  '南宫',
  '独孤',
  '西门',
  '东郭',
];

/** The surname a person is greeted by: 欧阳 of 欧阳锋, 王 of 王丽, and the last word of a name in letters. */
export const surnameOf = (name: string): string => {
  const whole = name.trim();
  if (!/^\p{Script=Han}/u.test(whole)) return whole.split(/\s+/u).at(-1) ?? whole;
  const two = [...whole].slice(0, 2).join('');
  return compound.includes(two) && [...whole].length > 2 ? two : [...whole][0]!;
};
