/** What a conversation is about, pure. */

/** Whether words of a customer ask how an order of theirs stands, by the centre's list; case and blanks do not count. */
export const isOrderQuery = (body: string, words: readonly string[]): boolean => {
  const said = plain(body);
  return words.some((word) => said.includes(plain(word)));
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/gu, '');
