/** Hours of one day in minutes since its midnight; `fromMinute` is included, `toMinute` is not. */
export type OpenSpan = { readonly fromMinute: number; readonly toMinute: number }

/** When people take calls, by kind of day. A kind with an empty list is closed all day. */
export type OpeningHours = Readonly<Record<'workday' | 'restday' | 'holiday', readonly OpenSpan[]>>

/** Open day and night: the default. */
const always: readonly OpenSpan[] = [{ fromMinute: 0, toMinute: 1440 }]
export const dayAndNight: OpeningHours = { workday: always, restday: always, holiday: always }

/** Whether the hotline is open at this moment of the city's calendar. */
export const isOpen = (
  { day, minute }: { readonly day: keyof OpeningHours; readonly minute: number },
  hours: OpeningHours,
): boolean => hours[day].some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute)
