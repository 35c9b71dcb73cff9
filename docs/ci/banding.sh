#!/bin/sh
# Ringkasan perubahan kelas tiap edisi sejak sebuah revisi, sebagai Markdown untuk komentar
# permintaan gabung (merge request). Dipakai oleh contoh GitHub dan GitLab di folder ini.
#
#   sh docs/ci/banding.sh origin/main > ringkasan.md
#
# Kode keluar 1 bila sebuah edisi tidak dapat dibandingkan; ringkasannya memuat galatnya.
set -eu
fsva=${FSVA:-.venv/bin/fsva}
dasar=$(git merge-base "$1" HEAD)
isi=$(mktemp)
trap 'rm -f "$isi"' EXIT
gagal=0
ada=0

for berkas in editions/*/edition.toml; do
    [ -f "$berkas" ] || continue
    edisi=${berkas%/edition.toml}
    kode=0
    if ! git cat-file -e "$dasar:$berkas" 2>/dev/null; then
        echo "Edisi baru, tidak ada pembandingnya." > "$isi"
        kode=1
    else
        "$fsva" banding "$edisi" --dari "$dasar" --layar --exit-code > "$isi" 2>&1 || kode=$?
        if [ "$kode" -eq 80 ]; then # metode atau tahun dasar berubah: keluaran ditandai DIPAKSA
            kode=0
            "$fsva" banding "$edisi" --dari "$dasar" --layar --exit-code --paksa > "$isi" 2>&1 || kode=$?
        fi
    fi
    [ "$kode" -eq 0 ] && continue
    [ "$kode" -eq 1 ] || gagal=1
    ada=1
    printf '### %s\n\n' "$edisi"
    sed 's/^/    /' "$isi" # menjorok: nama desa tidak dibaca sebagai Markdown
    printf '\n'
done

[ "$ada" -eq 1 ] || echo "Tidak ada edisi yang berubah."
exit "$gagal"
