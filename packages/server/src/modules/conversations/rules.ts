/** What a conversation is about, pure. */

/** Whether a customer asks for a person: a short message that is little more than the word, or says it outright. */
export const asksForPerson = (body: string, words: readonly string[]): boolean => {
  const said = plain(body);
  return words.some((word) => said.includes(plain(word)));
};

/** Whether words of a customer ask how an order of theirs stands, by the centre's list; case and blanks do not count. */
export const isOrderQuery = (body: string, words: readonly string[]): boolean => {
  const said = plain(body);
  return words.some((word) => said.includes(plain(word)));
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/gu, '');
