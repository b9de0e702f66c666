/** Where the page is: the screen's name, what it is about, and how it is narrowed. */
export type Place = { screen: string; about: string; query: URLSearchParams };

/**
 * The place stands behind the hash of the address: it can be kept and sent on, and the number of a card in it reaches no server's log.
 */
export function placeNow(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [screen = '', ...about] = path.split('/');
  return { screen, about: about.map(decodeURIComponent).join('/'), query: new URLSearchParams(query) };
}

/** The address of a place. */
export function linkTo(screen: string, about = '', query: Record<string, string | null | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const asked = new URLSearchParams(given).toString();
  return `#/${screen}${about ? `/${encodeURIComponent(about)}` : ''}${asked ? `?${asked}` : ''}`;
}

export function goTo(screen: string, about = '', query: Record<string, string | null | undefined> = {}): void {
  location.hash = linkTo(screen, about, query);
}
