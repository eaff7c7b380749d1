/** Where the pictures of the documents lie, and how heavy one may be: whoever takes them and whoever checks them reads it here. */
import { join } from 'node:path'

export const picturesDir = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
export const mostPictureBytes = 350_000
