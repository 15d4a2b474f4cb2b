// expect: only a field that is one value is compared
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels, const es::DocumentsOf<Balance>& balances) {
  (void)balances;
  (void)parcels;
  (void)parcels.where<&Parcel::wrapping>(Wrapping{});
}
