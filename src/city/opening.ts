/** Hours of one day, in minutes since its midnight: from the first minute on, and before the last. */
export type OpenSpan = { readonly fromMinute: number; readonly toMinute: number }

/** When people are there to take calls, for every kind of day; a kind without hours is closed all day. */
export type OpeningHours = Readonly<Record<'workday' | 'restday' | 'holiday', readonly OpenSpan[]>>

/** Day and night: what holds where a city says nothing. */
const always: readonly OpenSpan[] = [{ fromMinute: 0, toMinute: 1440 }]
export const dayAndNight: OpeningHours = { workday: always, restday: always, holiday: always }

/** Whether the hotline is open at a moment of the city's calendar. */
export const isOpen = (
  { day, minute }: { readonly day: keyof OpeningHours; readonly minute: number },
  hours: OpeningHours,
): boolean => hours[day].some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute)
