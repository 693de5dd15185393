import { SaxesParser } from 'saxes';

/** An XML element as read: name without prefix, attributes (`xmlns` ones left out), children, own text. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string> | null;
  readonly children: Element[];
  text: string;
}

/** Reads one element. Throws an Error with the words of the XML parser when it is not well-formed. */
export function readElement(xml: string): Element {
  const holder: Element = { name: '', attributes: null, children: [], text: '' };
  const open: Element[] = [];
  let current = holder;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: Element = {
      name: localName(tag.name),
      attributes: attributesOf(tag.attributes),
      children: [],
      text: '',
    };
    current.children.push(element);
    open.push(current);
    current = element;
  });
  parser.on('closetag', () => {
    current = open.pop() ?? holder;
  });
  const text = (piece: string) => {
    current.text += piece;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(withoutIndents(xml)).close();
  const root = holder.children[0];
  if (!root) throw new Error('no element');
  return root;
}

/** Blanks between two tags are a third of a release and mean nothing here; without them the parser has less to do. */
function withoutIndents(xml: string): string {
  return xml.includes('<![CDATA[') ? xml : xml.replace(/>\s+</g, '><');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function attributesOf(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> | null {
  let found: Map<string, string> | null = null;
  for (const name in attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xsi:')) continue;
    found ??= new Map();
    found.set(localName(name), attributes[name] as string);
  }
  return found;
}
