/** Shops that the cases name; the demo centre shows them in English too. */
export const shopsInEnglish: Readonly<Record<string, string>> = {
  旗舰店: 'Flagship store',
  云杉: 'Spruce',
  白桦: 'Birch',
};
