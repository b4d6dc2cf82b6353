/* Some versions of Chromium have Document.parseHTMLUnsafe and refuse the options that htmx passes to it. Without
   the function htmx uses DOMParser, which is all the same to us. */
(() => {
  'use strict';
  try {
    Document.parseHTMLUnsafe?.('', {});
  } catch {
    Document.parseHTMLUnsafe = undefined;
  }
})();
