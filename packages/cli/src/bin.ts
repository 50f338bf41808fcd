#!/usr/bin/env node
process.stdout.write("ipa-br\n");
