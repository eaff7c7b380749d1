/** What no table and no JSON takes: a zero byte (PostgreSQL, 8.3), and half of a character that UTF-16 writes in two. */
const unwritable = /[\0\p{Surrogate}]/gu

/** A text that whatever writes it down can write. A half is left over where a text was cut, and is dropped. */
export const writable = (text: string): string => text.replace(unwritable, '')

export const isWritable = (text: string): boolean => text.search(unwritable) < 0
