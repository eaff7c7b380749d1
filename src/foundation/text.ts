/** What no table and no JSON takes: a zero byte (PostgreSQL, 8.3), and half of a character that UTF-16 writes in two. */
const unwritable = /[\0\p{Surrogate}]/gu

/** A text that whatever writes it down can write. A half is left over where a text was cut, and is dropped. */
export const writable = (text: string): string => text.replace(unwritable, '')

/** What ends a line, or moves the cursor of who reads it: in a header, a log or a list it makes two things of one. */
const lineEnds = /[\p{Cc}\u2028\u2029]+/gu

export const isOneLine = (text: string): boolean => text.search(lineEnds) < 0

/** A name that was taken before anybody looked at it. */
export const onOneLine = (text: string): string => text.replace(lineEnds, ' ').trim()

/** What is asked of a name, where it is not one line. */
export const oneLineExpected = 'one line, without control characters'

export const isWritable = (text: string): boolean => text.search(unwritable) < 0
