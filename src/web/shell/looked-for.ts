/** Under which a page hands what is looked for to the page of orders: an address would be remembered and logged. */
export const lookedForKey = 'looked-for'
