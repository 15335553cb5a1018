// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The numbers that stand in signed statements. Each table has its twin in src/protocol/codes.ts.

/// @notice What a facility is.
library FacilityKind {
    uint8 internal constant MINE = 1;
    uint8 internal constant ARTISANAL_MINE = 2;
    uint8 internal constant CONCENTRATOR = 3;
    uint8 internal constant SMELTER_OR_REFINER = 4;
    uint8 internal constant MANUFACTURER = 5;
    uint8 internal constant RECYCLER = 6;
    uint8 internal constant STORAGE = 7;
}

/// @notice What a production did. The first three are origins: they have no inputs.
library Process {
    uint8 internal constant EXTRACT = 1;
    uint8 internal constant COLLECT = 2;
    uint8 internal constant DECLARE = 3;
    uint8 internal constant CONCENTRATE = 4;
    uint8 internal constant SMELT = 5;
    uint8 internal constant REFINE = 6;
    uint8 internal constant BLEND = 7;
    uint8 internal constant SPLIT = 8;
    uint8 internal constant REWEIGH = 9;
    uint8 internal constant MANUFACTURE = 10;
    uint8 internal constant ASSEMBLE = 11;
    uint8 internal constant RECYCLE = 12;
    uint8 internal constant RETIRE = 13;
}

/// @notice How material was kept apart: ISO 22095, strongest first.
library CustodyModel {
    uint8 internal constant IDENTITY_PRESERVED = 1;
    uint8 internal constant SEGREGATED = 2;
    uint8 internal constant CONTROLLED_BLENDING = 3;
    uint8 internal constant MASS_BALANCE = 4;
    uint8 internal constant BOOK_AND_CLAIM = 5;
}

/// @notice How lots travel: UN/CEFACT Recommendation 19.
library TransportMode {
    uint8 internal constant SEA = 1;
    uint8 internal constant RAIL = 2;
    uint8 internal constant ROAD = 3;
    uint8 internal constant AIR = 4;
    uint8 internal constant MAIL = 5;
    uint8 internal constant MULTIMODAL = 6;
    uint8 internal constant FIXED_INSTALLATION = 7;
    uint8 internal constant INLAND_WATER = 8;
    uint8 internal constant NOT_APPLICABLE = 9;
}

/// @notice What an attestation says of its subject.
library Outcome {
    uint8 internal constant CONFORMANT = 1;
    uint8 internal constant NON_CONFORMANT = 2;
    uint8 internal constant ALERT = 3;
}

/// @notice The statement types that a delegate may sign: a bit each, added up. Who may sign for a party, and with which
/// key, only the party's own key says.
library Scope {
    uint16 internal constant NONE = 0;
    uint16 internal constant FACILITY_REGISTRATION = 1;
    uint16 internal constant PRODUCTION = 2;
    uint16 internal constant DISPATCH = 4;
    uint16 internal constant RECEIPT = 8;
    uint16 internal constant CORRECTION = 16;
    uint16 internal constant OBSERVATION = 32;
    uint16 internal constant ATTESTATION = 64;
    uint16 internal constant REVOCATION = 128;
    uint16 internal constant ALL = 255;
}
