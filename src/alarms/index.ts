/**
 * Tells the operator on duty that a part of the product is down, and when it is up again: it pushes what `/readyz` says.
 * It treats all parts alike, and alarms hold no personal data.
 */

export { type AlarmOptions, openAlarms } from './alarms.ts'
export { alarmFaults } from './faults.ts'
