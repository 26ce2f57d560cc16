/** The text without what a check is there for. It has to stand there once, so that no spoiled text is the right one. */
export function spoil(text: string, find: string, replace: string): string {
  const occurrences = text.split(find).length - 1;
  if (occurrences !== 1) throw new Error(`What is to be spoiled stands ${occurrences} times in the text: ${find}`);
  return text.replace(find, () => replace);
}
