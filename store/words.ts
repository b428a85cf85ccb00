/** Words as they are searched by: without accents and case, cut at everything that is neither letter, digit nor `_`. */

const LONGEST_WORD = 64;
const MOST_WORDS = 300;

export const wordsOf = (text: string): string[] => {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}_]+/gu))]
    .map((word) => word.slice(0, LONGEST_WORD))
    .slice(0, MOST_WORDS);
};
