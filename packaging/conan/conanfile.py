"""Conan 2 recipe of eventstore, for the checkout in which it stands: conan create packaging/conan --build=missing"""
import os
import re
from pathlib import Path

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class Eventstore(ConanFile):
    name = "eventstore"
    description = "Embeddable C++20 event sourcing"
    license = "MIT"
    topics = ("event-sourcing", "cqrs", "append-only-log")
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"fPIC": [True, False], "with_sqlite": [True, False], "with_cli": [True, False]}
    default_options = {
        "fPIC": True,
        "with_sqlite": True,
        "with_cli": True,
        # Collections use full text and locations; lower-case names are those of Conan Center.
        "sqlite3/*:enable_fts5": True,
        "sqlite3/*:enable_rtree": True,
    }

    @property
    def _checkout(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._checkout, "include", "eventstore", "version.hpp"))
        self.version = ".".join(re.findall(r"#define EVENTSTORE_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header))

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*", "examples/account/*"):
            copy(self, pattern, src=self._checkout, dst=self.export_sources_folder)

    def configure(self):
        if not self.options.with_sqlite:
            self.options.with_cli = False

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        # In public headers.
        self.requires("boost/[>=1.74]", transitive_headers=True, libs=False)
        self.requires("cereal/[>=1.3 <2]", transitive_headers=True)
        self.requires("tl-expected/[>=1.0 <2]", transitive_headers=True)
        # Linked.
        self.requires("fmt/[>=9]")
        self.requires("icu/[>=72]")
        self.requires("openssl/[>=3 <4]")
        self.requires("roaring/[>=0.2]")
        self.requires("simdjson/[>=3]")
        self.requires("xxhash/[>=0.8 <1]")
        self.requires("nettle/[>=3.8 <4]")
        self.requires("zstd/[>=1.4 <2]")
        if self.options.with_sqlite:
            self.requires("sqlite3/[>=3.40 <4]")
            self.requires("zlib/[>=1.2 <2]")
        if self.options.with_cli:
            self.requires("cli11/[>=2.1 <3]", visible=False)

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["EVENTSTORE_SQLITE"] = bool(self.options.with_sqlite)
        toolchain.cache_variables["EVENTSTORE_CLI"] = bool(self.options.with_cli)
        for part in ("PROGRAM", "TESTS", "EXAMPLES", "WERROR"):
            toolchain.cache_variables[f"EVENTSTORE_{part}"] = False
        toolchain.generate()
        dependencies = CMakeDeps(self)
        dependencies.set_property("xxhash", "cmake_file_name", "xxHash")
        dependencies.set_property("xxhash", "cmake_target_name", "xxHash::xxhash")
        dependencies.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        # Debian's CMake may install below lib/x86_64-linux-gnu.
        libraries = next(Path(self.package_folder).glob("lib/**/libeventstore_core.a")).parent
        self.cpp_info.libdirs = [str(libraries.relative_to(self.package_folder))]
        # CMake reads what we install ourselves: components, functions, the hash tool.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join(self.cpp_info.libdirs[0], "cmake", "eventstore")]
        # Other build systems: the libraries in the order of the pkg-config files.
        modules = ["eventstore-testing", "eventstore-cli", "eventstore"]
        paths = [libraries / "pkgconfig" / f"{name}.pc" for name in modules]
        text = "".join(path.read_text() for path in paths if path.exists())
        self.cpp_info.libs = re.findall(r"-l(eventstore_\w+)", text)
        self.cpp_info.system_libs = ["pthread"]
