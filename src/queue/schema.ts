/** Where pg-boss has its tables. */
export const schema = 'pgboss'
