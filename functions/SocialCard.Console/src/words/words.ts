import { names, regions, words, type Word } from './glossary';

export type Language = 'zh' | 'en';
export type Key = keyof typeof words;
/** The kinds of values that have names. */
export type Kind = keyof Names;
type Names = typeof names;

/** The language of the page: Chinese, unless somebody chose otherwise. */
class Words extends EventTarget {
  language: Language = 'zh';

  /** The language as a browser names it. */
  get locale(): string {
    return this.language === 'zh' ? 'zh-CN' : 'en-GB';
  }

  choose(language: Language): void {
    this.language = language;
    document.documentElement.lang = this.locale;
    this.dispatchEvent(new Event('change'));
  }

  of(word: Word): string {
    return word[this.language === 'zh' ? 0 : 1];
  }
}

export const wording = new Words();

/** A word of the page, with what stands in it for each {name}. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return wording.of(words[key]).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** What a value of the API is called; one that is not in the glossary shows as it is. */
export function nameOf(kind: Kind, value: string | null | undefined): string {
  if (value === null || value === undefined) return '—';
  const word = (names[kind] as Record<string, Word>)[value];
  return word ? wording.of(word) : value;
}

/** What a value is called that may be of one of several kinds; one that is of none shows as it is. */
export function nameAmong(kinds: readonly Kind[], value: string): string {
  const kind = kinds.find((candidate) => isNamed(candidate, value));
  return kind ? nameOf(kind, value) : value;
}

/** A pair of a word and a value, in one line. */
export function pair(name: string, value: string): string {
  return t('pairOf', { name, value });
}

/** Whether the glossary has a word for a value. */
export function isNamed(kind: Kind, value: string): boolean {
  return value in names[kind];
}

/** A region by its code: its own name, else that of the city or the province that it lies in. */
export function regionName(code: string): string {
  const chain = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
  const found = chain.find((candidate) => candidate in regions);
  return found ? wording.of(regions[found as keyof typeof regions]) : code;
}
