/** The part of saxen 11 that we use; it ships no types. */
declare module 'saxen' {
  type Attributes = () => Readonly<Record<string, string>>
  type Decode = (text: string) => string
  export class Parser {
    on(
      hook: 'openTag',
      hear: (name: string, attributes: Attributes, decode: Decode, isSelfClosing: boolean) => void,
    ): this
    on(hook: 'closeTag', hear: (name: string) => void): this
    on(hook: 'text', hear: (text: string, decode: Decode) => void): this
    on(hook: 'cdata', hear: (text: string) => void): this
    on(hook: 'error', hear: (error: Error) => void): this
    parse(xml: string): void
  }
}
