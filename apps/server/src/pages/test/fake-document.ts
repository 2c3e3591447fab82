/** As much of a browser's document as the booking script uses: a test says what stands on the page, clicks, and reads texts. */
export class FakeElement {
  readonly dataset: Record<string, string> = {};
  readonly children: (FakeElement | string)[] = [];
  readonly found = new Map<string, FakeElement[]>();
  readonly style = { setProperty: (): void => {} };
  readonly classList = { toggle: (): void => {} };
  /** The name of what it stands for: `button`. */
  readonly tag: string;
  value = '0';
  disabled = false;
  checked = false;
  #ownText = '';
  #attributes = new Map<string, string>();
  #listeners = new Map<string, (event: object) => unknown>();

  constructor(tag = '') {
    this.tag = tag;
  }

  get firstElementChild(): FakeElement | undefined {
    return this.children.find((child) => child instanceof FakeElement);
  }

  get textContent(): string {
    return this.#ownText + this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('|');
  }

  set textContent(text: string) {
    this.children.length = 0;
    this.#ownText = text;
  }

  querySelector(selector: string): FakeElement | null {
    return this.found.get(selector)?.[0] ?? null;
  }

  querySelectorAll(selector: string): FakeElement[] {
    return this.found.get(selector) ?? [];
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  /** Every element below this one, in the order of the page. */
  get descendants(): FakeElement[] {
    return this.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...child.descendants]));
  }

  toggleAttribute(name: string, isSet: boolean): void {
    if (name === 'disabled') this.disabled = isSet;
  }

  append(...nodes: (FakeElement | string)[]): void {
    this.children.push(...nodes);
  }

  replaceChildren(...nodes: (FakeElement | string)[]): void {
    this.children.length = 0;
    this.children.push(...nodes);
  }

  focus(): void {}

  reset(): void {}

  addEventListener(type: string, listener: (event: object) => unknown): void {
    this.#listeners.set(type, listener);
  }

  async fire(type: string, details: object = {}): Promise<void> {
    await this.#listeners.get(type)?.({ currentTarget: this, preventDefault: () => {}, ...details });
  }

  /** The innermost element below this one that shows exactly this text. */
  showing(text: string): FakeElement | null {
    for (const child of this.children) {
      if (typeof child === 'string') continue;
      const innermost = child.showing(text) ?? (child.textContent === text ? child : null);
      if (innermost) return innermost;
    }
    return null;
  }
}
