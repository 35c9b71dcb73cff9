# Perintah harian. `make help` menampilkan daftarnya. / Daily commands; `make help` lists them.
# Options: EDISI=editions/lain-2024 BATAS=desa.gpkg BAHASA=en KELUARAN=folder PYTHON=python3.12
# GAYA=aman-warna TATA_LETAK=a3 BENTUK="gpkg svg geotiff" EKSTRA=raster,postgis VERSI=3.12,3.13

PYTHON = python3
EDISI = editions/belu-2021
BATAS =
BAHASA =
KELUARAN =
GAYA =
TATA_LETAK =
SUSUNAN =
PETA =
BENTUK = gpkg
EKSTRA =
VERSI =
# Another number gives other damaged files.
BENIH = 0

BIN = .venv/bin
SETUP = $(PYTHON) tools/siapkan.py $(if $(EKSTRA),--ekstra "$(EKSTRA)")
PIP = $(BIN)/python tools/pip-26.3-py3-none-any.whl/pip
# The version of uv is pinned so that refreshed locks change only where packages changed.
UV_PIN = uv==0.13.9
UV = .venv/uv/bin/uv
# `make kunci UPGRADE=` pins what is new and keeps all other versions.
UPGRADE = --upgrade
COMPILE = $(UV) pip compile --universal --python-version 3.11 $(UPGRADE) --quiet \
	--generate-hashes --no-emit-index-url --custom-compile-command "make kunci"
OPTIONS = $(if $(BATAS),--batas "$(BATAS)") $(if $(BAHASA),--bahasa "$(BAHASA)") \
	$(if $(KELUARAN),--keluaran "$(KELUARAN)") $(if $(GAYA),--gaya "$(GAYA)") \
	$(if $(TATA_LETAK),--tata-letak "$(TATA_LETAK)") $(if $(SUSUNAN),--susunan $(SUSUNAN)) $(foreach one,$(PETA),--peta $(one)) $(foreach one,$(BENTUK),--bentuk "$(one)")

# Tests run on all cores; each process makes its own atlas, so more than eight gain nothing. Every
# process collects all tests: with their bytecode kept that takes 7 s instead of 17.
UJI = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal
# What needs a program from outside runs apart: each has its marker (tests/places/programs.py).
EMPTY =
SPACE = $(EMPTY) $(EMPTY)
PROGRAM = chromium gdal java libreoffice mupdf poppler postgis qgis
PROGRAMS = $(subst $(SPACE), or ,$(PROGRAM))
NO_PROGRAM = -m "not ($(PROGRAMS))"
QUICK = -m "not (slow or $(PROGRAMS))"

.DEFAULT_GOAL = help
.PHONY: banding buku paparan help atlas test lint bench bench-jaga batas-skematis galeri tabel denah glosarium docs skema kode-keluar kunci bekal siap siap-uji
.PHONY: test-lama test-semua $(PROGRAM:%=test-%) fuzz test-typeguard test-terendah mutasi

help: ## Tampilkan daftar ini / show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'

atlas: siap ## Buat Peta 1-7 dari satu edisi (EDISI, BATAS, BAHASA, KELUARAN, GAYA, TATA_LETAK, SUSUNAN, PETA, BENTUK) / make the maps of an edition
	@$(BIN)/fsva atlas "$(EDISI)" $(OPTIONS)

banding: siap ## Bandingkan dua edisi (A, B; bakunya Belu 2021 dan contoh sintetis 2022) / compare two editions
	@$(BIN)/fsva banding $(if $(A),"$(A)",editions/belu-2021) $(if $(B),"$(B)",editions/belu-2022-sintetis) \
		$(if $(BAHASA),--bahasa "$(BAHASA)") $(if $(KELUARAN),--keluaran "$(KELUARAN)")

buku: siap ## Buat buku laporan Word dan PDF (EDISI, BATAS, BAHASA, KELUARAN; perlu EKSTRA=buku sekali) / make the report
	@$(BIN)/fsva buku "$(EDISI)" $(if $(BATAS),--batas "$(BATAS)") $(if $(BAHASA),--bahasa "$(BAHASA)") \
		$(if $(KELUARAN),--keluaran "$(KELUARAN)")

paparan: siap ## Buat salindia PowerPoint (EDISI, BATAS, BAHASA, KELUARAN; perlu EKSTRA=paparan sekali) / make the slides
	@$(BIN)/fsva paparan "$(EDISI)" $(if $(BATAS),--batas "$(BATAS)") $(if $(BAHASA),--bahasa "$(BAHASA)") \
		$(if $(KELUARAN),--keluaran "$(KELUARAN)")

test: siap-uji ## Jalankan uji, tanpa yang lama dan tanpa program lain / run the tests, without slow ones and other programs
	@$(UJI) $(QUICK)

test-lama: siap-uji ## Jalankan uji yang lama: lembar semua kabupaten contoh, dua kali atlas, proses yang dihentikan / run the slow tests
	@$(UJI) -m "slow and not ($(PROGRAMS))"

test-semua: siap-uji ## Jalankan semua uji, juga yang lama dan dengan program lain yang terpasang / all tests, slow ones and other programs too
	@$(UJI)

test-chromium: ## Uji halaman dan SVG di Chromium / tests in Chromium
test-gdal: ## Uji berkas dengan program GDAL / tests with GDAL's programs
test-java: ## Uji PDF dengan veraPDF (FSVA_VERAPDF) / tests with veraPDF
test-libreoffice: ## Uji buku kerja dan dokumen di LibreOffice / tests in LibreOffice
test-mupdf: ## Uji PDF di MuPDF / tests in MuPDF
test-poppler: ## Uji PDF di poppler / tests in poppler
test-postgis: ## Uji dengan server PostGIS sendiri / tests with a PostGIS server of their own
test-qgis: ## Uji peta di QGIS / tests in QGIS
$(PROGRAM:%=test-%): siap-uji
	@$(BIN)/python -m pytest -m $(@:test-%=%)

fuzz: siap-uji ## Uji lama: 2.000 berkas rusak per pembaca, banyak contoh acak (BENIH) / 2,000 damaged files per reader
	@FSVA_BENIH=$(BENIH) $(UJI) -m fuzz --hypothesis-profile=fuzz

test-typeguard: siap-uji ## Uji dengan pemeriksaan tipe saat berjalan / tests with types checked as they run
	@$(UJI) $(QUICK) --typeguard-packages=fsva -W ignore::typeguard.TypeHintWarning

test-terendah: siap-uji ## Uji dengan versi paket terendah yang diizinkan / tests with the lowest versions allowed
	@$(PIP) install --quiet --disable-pip-version-check --target .venv/uv --upgrade $(UV_PIN)
	@$(BIN)/python tools/terendah.py -- -n auto --maxprocesses 8 --dist worksteal $(NO_PROGRAM)

mutasi: siap-uji ## Ukur ketajaman uji dengan mutasi kode / mutation testing of what decides classes
	@$(PIP) install --quiet --disable-pip-version-check --target .venv/mutmut --upgrade mutmut==3.8.1
	@$(BIN)/python tools/mutasi.py

lint: siap-uji ## Periksa gaya dan tipe kode / check style and types of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict pipeline tools benchmarks

bench-jaga: siap-uji ## Bandingkan biaya atlas dengan catatan / compare what an atlas costs with the record
	@$(BIN)/python benchmarks/jaga.py

bench: siap-uji ## Ukur waktu dan memori terhadap skrip biasa / measure an atlas beside a plain script
	@$(BIN)/python benchmarks/atlas.py "$(EDISI)" $(if $(BATAS),--batas "$(BATAS)")
	@$(BIN)/python benchmarks/atlas.py "$(EDISI)" $(if $(BATAS),--batas "$(BATAS)") --rincian

batas-skematis: siap ## Bangun ulang batas skematis dari Natural Earth (perlu npm) / rebuild the schematic boundaries
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		npm pack world-atlas@2.0.2 --silent --pack-destination "$$folder" >/dev/null && \
		tar -xzf "$$folder/world-atlas-2.0.2.tgz" -C "$$folder" && \
		$(BIN)/fsva batas skematis --world-atlas "$$folder/package/countries-10m.json"

galeri: siap-uji ## Buat ulang galeri di docs/galeri.md / rebuild the gallery
	@$(BIN)/python -m tools.galeri

kode-keluar: siap-uji ## Tulis ulang daftar galat di docs/kode-keluar.md / rewrite the list of errors
	@$(BIN)/python -m tests.project.error_keys

docs: siap-uji .venv/docs/siap ## Bangun situs petunjuk dan API di build/site / build the site of manuals and API
	@$(BIN)/python tools/situs.py
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=.venv/docs $(BIN)/python -m mkdocs build --strict

.venv/docs/siap: requirements-docs.lock
	@rm -rf .venv/docs
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: \
		--target .venv/docs -r requirements-docs.lock
	@touch $@

skema: siap-uji ## Tulis ulang docs/edisi.md dan skemanya / rewrite the manual of edition.toml and its schema
	@$(BIN)/python -m tests.project.edition_keys

tabel: siap-uji ## Tulis ulang daftar tabel keluaran di docs/tabel.md / rewrite the list of output tables
	@$(BIN)/python -m tests.project.written_tables

glosarium: siap-uji ## Tulis ulang tabel kunci di docs/GLOSARIUM.md / rewrite the keys of the glossary
	@$(BIN)/python -m tests.project.glossary

denah: siap-uji ## Tulis ulang tabel ruang di docs/DESIGN.md / rewrite the table of rooms
	@$(BIN)/python -m tests.project.rooms

kunci: siap ## Perbarui versi paket terkunci / refresh the lock files
	@$(PIP) install --quiet --disable-pip-version-check --target .venv/uv --upgrade $(UV_PIN)
	@$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	@$(COMPILE) pyproject.toml --group build --group test --constraints requirements.lock \
		--output-file requirements-test.lock
	@$(COMPILE) --group docs --constraints requirements-test.lock \
		--output-file requirements-docs.lock

bekal: siap ## Kemas proyek dengan paketnya untuk kantor tanpa jaringan (VERSI, EKSTRA) / pack it for offices without network
	@$(BIN)/python tools/bekal.py $(if $(VERSI),--versi "$(VERSI)") $(if $(EKSTRA),--ekstra "$(EKSTRA)")

siap: ## Siapkan lingkungan Python; EKSTRA=raster menambah paket / set up Python, with extras
	@$(SETUP)

siap-uji:
	@$(SETUP) --uji
