/** Standard Webhooks 1.0, as a bank signs and as a receiver verifies: in the browser, with Web Crypto. */

/** What is signed: the id, the time and the body, parted by dots. */
export function signedText(id: string, timestamp: string, body: string): string {
  return `${id}.${timestamp}.${body}`;
}

const scheme = 'v1';

/** How far a time may be off, in seconds. */
export const toleranceSeconds = 300;

/** The key behind `whsec_`; null where that is none. */
export async function keyOf(secret: string): Promise<CryptoKey | null> {
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret);
  if (!match) return null;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(match[1]!), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }

  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

export async function sign(key: CryptoKey, text: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return `${scheme},${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}

/** Whether one of the signatures is the text's; Web Crypto compares in constant time. */
export async function verify(key: CryptoKey, text: string, signatures: string): Promise<boolean> {
  const encoded = new TextEncoder().encode(text);
  for (const signature of signatures.split(' ')) {
    const [version, value = ''] = signature.split(',');
    if (version !== scheme) continue;
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    if (await crypto.subtle.verify('HMAC', key, bytes, encoded)) return true;
  }

  return false;
}
