import './styles/page.css';
import './styles/parts.css';
import './styles/screens.css';
import './shell';

// HTML that is made of text is refused by the page's policy. A drawing library empties its elements by an empty text, and that may be.
window.trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (text !== '') throw new TypeError('The page makes no HTML of text.');
    return text;
  },
});
