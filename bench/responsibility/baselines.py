#!/usr/bin/python3
"""What others do, on the splits that learning.cs wrote (needs Debian's python3-sklearn): similarity to the organisation's texts (tf-idf),
a linear SVM (tf-idf of words and pairs), and the recipe of paperless-ngx (counts of words and pairs, those of fewer than 1 % of the letters
dropped, a small neural net). Call: /usr/bin/python3 bench/responsibility/baselines.py FOLDER"""
import glob
import json
import os
import re
import sys
import warnings

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.neural_network import MLPClassifier
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore")
FOLDER = sys.argv[1]
CITY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "cities", "lindenfurt", "organisation.json")


def read(name):
    with open(os.path.join(FOLDER, name + ".jsonl"), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def right(proposals, letters):
    return sum(p == l["unit"] or p in l["also"] for p, l in zip(proposals, letters))


def svm(train, test):
    texts = TfidfVectorizer(ngram_range=(1, 2))
    model = LinearSVC().fit(texts.fit_transform(l["text"] for l in train), [l["unit"] for l in train])
    return right(model.predict(texts.transform(l["text"] for l in test)), test)


def paperless(train, test):
    texts = CountVectorizer(analyzer="word", ngram_range=(1, 2), min_df=0.01)
    model = MLPClassifier(tol=0.01, random_state=1)
    model.fit(texts.fit_transform(l["text"] for l in train), [l["unit"] for l in train])
    return right(model.predict(texts.transform(l["text"] for l in test)), test)


def similarity(test):
    with open(CITY, encoding="utf-8") as file:
        city = json.load(file)
    targets = [u for u in city["units"] if u["tasks"]] + city["externalAuthorities"]
    texts = TfidfVectorizer()
    known = texts.fit_transform(t["name"] + ". " + ". ".join(t["tasks"]) for t in targets)
    best = (texts.transform(l["text"] for l in test) @ known.T).argmax(axis=1).A1
    return right([targets[b]["id"] for b in best], test)


def main():
    print(f"{'':28}{'similarity':>12}{'linear SVM':>12}{'paperless':>12}")
    for most in (1, 3):
        counts, letters = [0, 0, 0], 0
        for path in sorted(glob.glob(os.path.join(FOLDER, f"city-test-{most}-*.jsonl"))):
            fold = re.search(r"-(\d+)\.jsonl$", path).group(1)
            train, test = read(f"city-train-{most}-{fold}"), read(f"city-test-{most}-{fold}")
            letters += len(test)
            for i, count in enumerate((similarity(test), svm(train, test), paperless(train, test))):
                counts[i] += count
        print(f"{f'model city, {most} a unit':28}" + "".join(f"{c / letters:12.3f}" for c in counts))
    test = read("passages-test")
    for most in (1, 3, 10, 50):
        train = read(f"passages-train-{most}")
        print(f"{f'passages, {most} an office':28}{'-':>12}{svm(train, test) / len(test):12.3f}{paperless(train, test) / len(test):12.3f}")


main()
