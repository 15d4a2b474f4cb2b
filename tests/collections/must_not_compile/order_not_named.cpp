// expect: name the fields of the order, newest<&Document::opened_at>(10)
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels, const es::DocumentsOf<Balance>& balances) {
  (void)balances;
  (void)parcels;
  (void)balances.newest(10);
}
