/** An element with attributes and children; texts are texts, never markup. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith('on')) node.addEventListener(attribute.slice(2), value);
    else node.setAttribute(attribute, value);
  }
  node.append(...children);
  return node;
}

/** A price from minor units. How many digits are behind the point the page says: browsers know other numbers than ISO 4217. */
export function priceText(minor, { currency, digits }) {
  if (minor === 0) return 'Free';
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(minor / 10 ** digits);
}
