/** What neither tables nor JSON accept: a zero byte (PostgreSQL, 8.3), and a lone UTF-16 surrogate. */
const unwritable = /[\0\p{Surrogate}]/gu

/**
 * The text without unwritable characters. A lone surrogate is left where a text was cut in the middle of a
 * character.
 */
export const writable = (text: string): string => text.replace(unwritable, '')

/**
 * Line ends and control characters; in a header, a log or a list they would split one entry in two or move the
 * cursor.
 */
const lineEnds = /[\p{Cc}\u2028\u2029]+/gu

export const isOneLine = (text: string): boolean => text.search(lineEnds) < 0

/** Puts a name that was accepted without a check on one line. */
export const onOneLine = (text: string): string => text.replace(lineEnds, ' ').trim()

/** What is expected of a name that is not one line. */
export const oneLineExpected = 'one line, without control characters'

export const isWritable = (text: string): boolean => text.search(unwritable) < 0
