#!/usr/bin/env bash
# Makes the README's pictures anew from the sample quarter; needs LibreOffice and poppler-utils.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo run --quiet --release --locked -- reconcile samples/2024Q1 -o "$work/汇总.xlsx" --quiet
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" "$work/汇总.xlsx" >/dev/null 2>&1

# picture NAME TITLE DPI: the first page that begins with the title.
picture() {
    local pages page text
    pages=$(pdfinfo "$work/汇总.pdf" | awk '/^Pages:/ {print $2}')
    for ((page = 1; page <= pages; page++)); do
        text=$(pdftotext -f "$page" -l "$page" -layout "$work/汇总.pdf" - | tr -s ' \n')
        if [[ "${text:0:40}" == *"$2"* ]]; then
            pdftoppm -r "$3" -f "$page" -l "$page" -singlefile -png "$work/汇总.pdf" "docs/images/$1"
            return
        fi
    done
    echo "no page begins with $2" >&2
    return 1
}
picture overview 总览 100
picture summary 落实情况汇总表 80
picture matrix 报送情况一览 80
picture review 匹配复核 70
