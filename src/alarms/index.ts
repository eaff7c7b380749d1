/**
 * Tells whoever is on duty that a part of the house is down, and that it is up again: what `/readyz` says, pushed. It
 * knows no part by name and says nothing of anybody.
 */

export { type AlarmOptions, openAlarms } from './alarms.ts'
export { alarmFaults } from './faults.ts'
