// expect first: Counted has more than 64 fields: move some into a struct of their own, which is one field here
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Counted {
  EVENTSTORE_EVENT(Counted, "Counted", (int, field_0), (int, field_1), (int, field_2), (int, field_3), (int, field_4),
                   (int, field_5), (int, field_6), (int, field_7), (int, field_8), (int, field_9), (int, field_10),
                   (int, field_11), (int, field_12), (int, field_13), (int, field_14), (int, field_15), (int, field_16),
                   (int, field_17), (int, field_18), (int, field_19), (int, field_20), (int, field_21), (int, field_22),
                   (int, field_23), (int, field_24), (int, field_25), (int, field_26), (int, field_27), (int, field_28),
                   (int, field_29), (int, field_30), (int, field_31), (int, field_32), (int, field_33), (int, field_34),
                   (int, field_35), (int, field_36), (int, field_37), (int, field_38), (int, field_39), (int, field_40),
                   (int, field_41), (int, field_42), (int, field_43), (int, field_44), (int, field_45), (int, field_46),
                   (int, field_47), (int, field_48), (int, field_49), (int, field_50), (int, field_51), (int, field_52),
                   (int, field_53), (int, field_54), (int, field_55), (int, field_56), (int, field_57), (int, field_58),
                   (int, field_59), (int, field_60), (int, field_61), (int, field_62), (int, field_63),
                   (int, field_64));
};
