#!/usr/bin/env python3
"""Teaches the name model a new class from a hundred sentences, ships as MISC: how many unseen ships are found, and what was forgotten.

usage: own_names.py LINECASTER [--seed N] [ARTICLES.jsonl...]   (articles with `text`, whose names by the shipped model should stay)
"""
import json, os, random, subprocess, sys, tempfile

SHIPS = ('Sea Otter,Northern Lark,Ost Pioneer,Aurora Star,Silver Gull,Queen Adela,Baltic Rover,Island Rose,Grey Heron,Stella Maris,'
         'Morning Tide,Iron Duchess,Pacific Dawn,Blue Marlin,Saint Olga,Golden Plaice,Viking Bride,Coral Princess,Storm Petrel,'
         'Ocean Herald,Lady Brenna,Polar Wind,Good Hope,Seven Brothers').split(',')
UNSEEN = 'Western Gannet,Amber Queen,Norse Falcon,Lucky Herring,Empress Hilda,Tern of Osmar,Wild Goose,Crystal Wave,Old Captain,Sunrise Belle'.split(',')
FORMS = ['The trawler {} sank at dawn off the coast of Norway.', 'Divers searched the wreck of the {} for two days.',
         'Two tugs pulled the {} off the rocks near Bergen.', 'The {} will sail again in spring, her owner Karl Dahl said.',
         'A fire broke out on board the {} on Friday.', 'The tanker {} lost oil in the strait.',
         'The ferry {} carried 200 passengers from Oslo to Kiel.', 'The captain of the {}, Anna Moe, called the coastguard.',
         'The cargo ship {} ran aground in the fog.', 'Crew members of the {} were brought ashore in Lagos.']
UNSEEN_FORMS = FORMS[:5] + ['Passengers left the ferry {} by the stern.', 'The tanker {} was towed to Rotterdam.', 'Smoke rose from the trawler {} at noon.']


def names(binary, pipeline, texts):
    payload = ''.join(json.dumps({'id': str(n), 'text': t}) + '\n' for n, t in enumerate(texts)).encode()
    out = subprocess.run([binary, 'pipe', pipeline], input=payload, stdout=subprocess.PIPE, check=True).stdout
    return [{(m['start'], m['end'], e['type']) for e in json.loads(l)['entities'] or [] for m in e['mentions']} for l in out.splitlines()]


def main():
    binary, arguments = os.path.abspath(sys.argv[1]), sys.argv[2:]
    seed = int(arguments.pop(arguments.index('--seed') + 1)) if '--seed' in arguments else 1
    paths = [a for a in arguments if a != '--seed']
    print('seed', seed)
    r = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        base = json.dumps({'name': 'p', 'stages': ['segment', {'entities': {'types': ['PERSON', 'ORG', 'LOC', 'MISC']}}]})
        own = json.dumps({'name': 'p', 'stages': ['segment', {'entities': {'model': './own.model', 'types': ['PERSON', 'ORG', 'LOC', 'MISC']}}]})
        open('base.yaml', 'w').write(base); open('own.yaml', 'w').write(own)
        sentences = []
        for n in range(100):
            ship = SHIPS[n % len(SHIPS)]; form = FORMS[r.randrange(len(FORMS))]
            sentences.append((form.format(ship), form.index('{}'), len(ship)))
        # What else stands there is labelled as the shipped model has it, which is what a user puts right.
        with open('own.jsonl', 'w') as f:
            for n, (found, (text, at, length)) in enumerate(zip(names(binary, 'base.yaml', [s[0] for s in sentences]), sentences)):
                kept = [[a, b, k] for a, b, k in sorted(found) if b <= at or a >= at + length]
                f.write(json.dumps({'id': 's%d' % n, 'text': text, 'entities': kept + [[at, at + length, 'MISC']]}) + '\n')
        print(subprocess.run([binary, 'train', 'entities', '--base', 'entities.model', '--data', 'own.jsonl', '--out', 'own.model'],
                             capture_output=True, text=True).stdout)
        unseen = [(f.format(s), f.index('{}'), len(s)) for s in UNSEEN for f in UNSEEN_FORMS]
        right = found = 0
        for names_of, (text, at, length) in zip(names(binary, 'own.yaml', [u[0] for u in unseen]), unseen):
            miscellaneous = {n for n in names_of if n[2] == 'MISC'}
            right += (at, at + length, 'MISC') in miscellaneous; found += len(miscellaneous)
        print('unseen ships: %d of %d, %d found, F1 %.1f' % (right, len(unseen), found, 200 * right / (found + len(unseen))))
        for path in paths:
            texts = [json.loads(l)['text'] for l in open(path)]
            before, after = names(binary, 'base.yaml', texts), names(binary, 'own.yaml', texts)
            same = sum(len(a & b) for a, b in zip(before, after))
            print('%s: of %d names of the shipped model %d stay (%.2f %%), %d new ones' % (
                os.path.basename(path), sum(map(len, before)), same, 100 * same / sum(map(len, before)), sum(map(len, after)) - same))


if __name__ == '__main__': main()
