#!/usr/bin/env python3
"""Makes from driver/options.def what else knows the command line: the manual's sections and the shells' completions.

usage: make_options.py man OUTPUT OPTIONS.DEF PASSES.H WARNINGS.DEF TARGET_TABLE.C CONSAIRC.1.IN
       make_options.py bash|zsh|fish OUTPUT OPTIONS.DEF PASSES.H WARNINGS.DEF TARGET_TABLE.C

In consairc.1.in the lines @commands, @options, @facts and @warnings stand for the rows of that kind.  A completion offers the options
of the command that stands on the line, the values of an option where they are known, and else file names.
"""
import re
import sys

STRING = r'"((?:[^"\\]|\\")*)"'


class Option:
    def __init__(self, fields, commands, section):
        self.name, self.alias, self.style, self.argument, self.help, self.more = fields
        self.commands, self.section = commands, section


class Table:
    """The rows of options.def; `all_commands` is what ON_ALL means."""

    def __init__(self, path, passes, warnings, targets):
        with open(path, encoding='utf-8') as f:
            text = f.read()
        self.commands = [(m[1].lower(),) + m.groups()[1:] for m in re.finditer(
            r'^COMMAND\((\w+), %s, %s,\s+%s,\s+%s\)' % ((STRING,) * 4), text, re.M)]
        self.sections = re.findall(r'^SECTION\((\w+), %s\)' % STRING, text, re.M)
        self.facts = re.findall(r'^PRINT\((\w+), %s, %s\)' % (STRING, STRING), text, re.M)
        self.options = []
        for m in re.finditer(r'^OPTION\(\w+, %s, %s, (\w+), %s, ([^,]+), (\w+),\s+%s,\s+%s\)' % ((STRING,) * 5), text, re.M):
            name, alias, style, argument, mask, section, text_help, more = m.groups()
            self.options.append(Option((name, alias, style, argument, text_help, more), self.parse_mask(mask), section))
        if len(self.options) != len(re.findall(r'^OPTION\(', text, re.M)):
            sys.exit('%s: a row that this script cannot read' % path)
        with open(passes, encoding='utf-8') as f:
            rows = re.findall(r'^    PASS\((\w+), \w+, \w+, (\w+),', f.read(), re.M)
        with open(warnings, encoding='utf-8') as f:
            self.warnings = re.findall(r'^WARNING\(\w+, %s, (\w+), %s\)' % (STRING, STRING), f.read(), re.M)
        with open(targets, encoding='utf-8') as f:
            self.targets = re.findall(r'\.name = %s' % STRING, f.read())
        self.passes = [name for name, _ in rows]
        self.optional_passes = [name for name, optional in rows if optional == 'true'] + ['stack-check']

    def parse_mask(self, mask):
        names = [name for name, *_ in self.commands]
        if mask == 'ON_ALL':
            return names
        if mask == 'ON_CODE':
            return [name for name in names if name != 'check']
        return [word.lower() for word in re.findall(r'ON\((\w+)\)', mask)]

    def values(self, option):
        """The words that may stand for the option's argument; [] when they are not known."""
        if '|' in option.argument:
            return option.argument.split('|')
        if option.argument == 'WHAT':
            return [name for _, name, _ in self.facts]
        if option.argument == 'TRIPLE':
            return self.targets
        if option.argument == 'LEVEL':
            return list('0123')
        if option.argument == 'WARNING':
            return ['all', 'extra', 'error', 'unused'] + [name for name, *_ in self.warnings]
        if option.argument.startswith('PASS'):
            return self.optional_passes if option.name == '-fno-' else self.passes
        return []


# ---- the manual ----

def escape(text):
    text = text.replace('\\"', '"').replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text[:1] in ".'" else text


def man_sentences(text):
    return [escape(sentence) for sentence in re.split(r'(?<=\.)\s+', text) if sentence]


def capital(text):
    return text[:1].upper() + text[1:] + '.'


def man_spelling(option):
    names = [option.alias] if option.alias else []
    joint = {'EQUALS': '=', 'JOINED': '', 'SEPARATE': ' ', 'NONE': ''}[option.style]
    words = ['Fl ' + escape(name[1:]) for name in names + [option.name]]
    if option.argument:
        argument = option.argument.lower()
        words[-1] += ' Ar ' + argument if joint == ' ' else '%s Ns Ar %s' % (joint, argument)
    return '.It ' + ' , '.join(words)


def man_options(table):
    lines = []
    for section, title in table.sections:
        lines += ['.Ss ' + title, '.Bl -tag -width indent']
        for option in table.options:
            if option.section != section:
                continue
            lines.append(man_spelling(option))
            lines += man_sentences(capital(option.help)) + man_sentences(option.more)
            if len(option.commands) < len(table.commands):
                lines.append('For %s.' % ', '.join(option.commands))
        lines.append('.El')
    return lines


def man_commands(table):
    lines = ['.Bl -tag -width build']
    for _, name, operands, text_help, more in table.commands:
        lines.append('.It Cm %s%s' % (name, ' Ar ' + operands.lower().replace('[', '[ ').replace(']', ' ]') if operands else ''))
        lines += man_sentences(capital(text_help)) + man_sentences(more)
    return lines + ['.El']


def man_facts(table):
    lines = ['.Bl -tag -width llvm-version']
    for _, name, text_help in table.facts:
        lines += ['.It Cm ' + escape(name), escape(capital(text_help))]
    return lines + ['.El']


def man_warnings(table):
    levels = {'DEFAULT': 'On by default.', 'ALL': 'With -Wall.', 'EXTRA': 'With -Wextra.'}
    lines = ['.Bl -tag -width unused-parameter']
    for name, level, what in table.warnings:
        lines += ['.It Cm ' + escape(name), escape(capital(what)), escape(levels[level])]
    return lines + ['.El']


def man(table, source):
    makers = {'@warnings': man_warnings, '@options': man_options, '@commands': man_commands, '@facts': man_facts}
    lines = ['.\\" Made by make_options.py from consairc.1.in and options.def.']
    with open(source, encoding='utf-8') as f:
        for line in f.read().splitlines():
            if line in makers:
                lines += makers[line](table)
            elif not line.startswith('.\\"'):
                lines.append(line)
    return lines


# ---- completions ----

def spellings(table, option):
    """What is offered for the option itself: whole words, and beginnings that end in =."""
    if option.style == 'JOINED':
        return [option.name + value for value in table.values(option)] or [option.name]
    names = [name for name in (option.alias, option.name) if name]
    return [name + '=' if option.style == 'EQUALS' else name for name in names]


def bash(table):
    lines = ['# Completion of consairc for bash, made from options.def.',
             '_consairc()',
             '{',
             '    local word=${COMP_WORDS[COMP_CWORD]} before= command= options= i',
             '    COMPREPLY=()',
             '    [ "$COMP_CWORD" -gt 0 ] && before=${COMP_WORDS[COMP_CWORD-1]}',
             '    if [ "$word" = "=" ]; then word=; else [ "$before" = "=" ] && before=${COMP_WORDS[COMP_CWORD-2]}; fi',
             '    for ((i = 1; i < COMP_CWORD; i++)); do',
             '        case ${COMP_WORDS[i]} in %s) command=${COMP_WORDS[i]}; break ;; esac' % ' | '.join(
                 name for _, name, *_ in table.commands),
             '    done',
             '    case $before in']
    for option in table.options:
        if option.style == 'EQUALS' and table.values(option):
            lines.append('        %s) COMPREPLY=($(compgen -W "%s" -- "$word")); return ;;' %
                         (option.name, ' '.join(table.values(option))))
    lines += ['    esac', '    case $command in']
    for key, name, *_ in table.commands:
        words = [word for option in table.options if key in option.commands for word in spellings(table, option)]
        lines.append('        %s) options="%s" ;;' % (name, ' '.join(words)))
    lines += ['        *) options="%s %s" ;;' % (' '.join(name for _, name, *_ in table.commands),
                                                '--help --version --print='),
              '    esac',
              '    case $command:$word in',
              '        :* | *:-*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;',
              '        *) COMPREPLY=($(compgen -f -- "$word")) ;;',
              '    esac',
              '    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null',
              '    return 0',
              '}',
              'complete -o filenames -F _consairc consairc']
    return lines


def zsh_quote(text):
    text = text.replace('\\"', '"').replace("'", "'\\''")
    return re.sub(r'([\[\]:])', r'\\\1', text)


def zsh_option(table, option):
    values = table.values(option)
    what = {'': '', 'FILE': ':file:_files'}.get(option.argument, ':value:(%s)' % ' '.join(values) if values else ':value:')
    joint = {'NONE': '', 'EQUALS': '=', 'JOINED': '-', 'SEPARATE': '+'}[option.style]
    names = [name for name in (option.alias, option.name) if name]
    return ["'%s%s[%s]%s'" % (name, joint, zsh_quote(option.help), what) for name in names]


def zsh(table):
    lines = ['#compdef consairc', '# Completion of consairc for zsh, made from options.def.',
             'local -a commands', 'commands=(']
    lines += ["    '%s:%s'" % (name, zsh_quote(text_help)) for _, name, _, text_help, _ in table.commands]
    lines += [')', 'if (( CURRENT == 2 )); then', "    _describe command commands", '    return', 'fi',
              'local command=$words[2]', 'shift words; (( CURRENT-- ))', 'case $command in']
    for key, name, operands, *_ in table.commands:
        lines.append('    %s)' % name)
        lines.append('        _arguments \\')
        for option in table.options:
            if key in option.commands:
                lines += ['            %s \\' % row for row in zsh_option(table, option)]
        lines += ["            '*:file:_files' ;;"]
    return lines + ['esac']


def fish_quote(text):
    return "'%s'" % text.replace('\\"', '"').replace('\\', '\\\\').replace("'", "\\'")


def fish(table):
    names = ' '.join(name for _, name, *_ in table.commands)
    lines = ['# Completion of consairc for fish, made from options.def.']
    for _, name, _, text_help, _ in table.commands:
        lines.append("complete -c consairc -n 'not __fish_seen_subcommand_from %s' -f -a %s -d %s" %
                     (names, name, fish_quote(text_help)))
    for option in table.options:
        condition = "-n '__fish_seen_subcommand_from %s'" % ' '.join(option.commands)
        values = table.values(option)
        for name in (option.alias, option.name):
            if not name:
                continue
            if option.style == 'JOINED':
                words = ' '.join(spellings(table, option))
                lines.append('complete -c consairc %s -a %s -d %s' % (condition, fish_quote(words), fish_quote(option.help)))
                continue
            flag = '-l ' + name[2:] if name.startswith('--') else '-s ' + name[1:] if len(name) == 2 else '-o ' + name[1:]
            wants = '' if option.style == 'NONE' else ' -r' if not values else ' -x -a %s' % fish_quote(' '.join(values))
            lines.append('complete -c consairc %s %s%s -d %s' % (condition, flag, wants, fish_quote(option.help)))
    return lines


def main():
    kind, output = sys.argv[1:3]
    table = Table(*sys.argv[3:7])
    lines = man(table, sys.argv[7]) if kind == 'man' else {'bash': bash, 'zsh': zsh, 'fish': fish}[kind](table)
    with open(output, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
