import { Command } from 'commander'
export const matchCommand = () => new Command('match')
