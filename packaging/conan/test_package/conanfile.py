"""Builds examples/account with the package, and runs it."""
import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, cmake_layout


class AccountTest(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeToolchain", "CMakeDeps"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def build(self):
        cmake = CMake(self)
        cmake.configure(build_script_folder=os.path.join(self.recipe_folder, "..", "..", "..", "examples", "account"))
        cmake.build()

    def test(self):
        if can_run(self):
            store = os.path.join(self.build_folder, "store")
            self.run(f"""./account --store {store} --json execute account-ada open '{{"owner":"Ada"}}'""",
                     cwd=self.cpp.build.bindir, env="conanrun")
            self.run(f"./account --store {store} --json state account-ada", cwd=self.cpp.build.bindir, env="conanrun")
