// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyModel, FacilityKind, Outcome, Process, Scope, TransportMode} from "../Codes.sol";
import {
    Attestation,
    Content,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyReplacement,
    Observation,
    Output,
    Production,
    Receipt,
    Received
} from "../Types.sol";
import {IAttestations} from "../interfaces/IAttestations.sol";
import {IFacilities} from "../interfaces/IFacilities.sol";
import {IKeys} from "../interfaces/IKeys.sol";
import {ILots} from "../interfaces/ILots.sol";
import {IObservations} from "../interfaces/IObservations.sol";
import {IParties} from "../interfaces/IParties.sol";
import {Balance} from "./Balance.sol";

/// @title What makes a statement well-formed
/// @notice Whatever can be refused from the statement alone, without the ledger's state.
library Forms {
    uint64 private constant MAX_MILLIGRAMS = uint64(type(int64).max);
    uint16 private constant MAX_COUNTRY = 999;
    uint32 private constant MAX_COMMODITY = 999_999;
    uint256 private constant MAX_SCHEME_LENGTH = 64;
    uint256 private constant FIRST_PRINTABLE = 0x20;
    uint256 private constant LAST_PRINTABLE = 0x7e;
    uint8 private constant LAST_ELEMENT = 118;
    uint8 private constant FIRST_MINERAL = 128;

    function check(FacilityRegistration calldata statement) internal pure {
        if (!_isBetween(statement.kind, FacilityKind.MINE, FacilityKind.STORAGE)) {
            revert IFacilities.FacilityKindUnknown(statement.kind);
        }
        if (!_isBetween(statement.country, 1, MAX_COUNTRY)) revert IFacilities.CountryUnknown(statement.country);
    }

    /// @return sheet With what comes out.
    function check(Production calldata statement, uint256 births)
        internal
        pure
        returns (Balance.Sheet memory sheet)
    {
        uint8 process = statement.process;
        Output[] calldata outputs = statement.outputs;
        checkCodes(process, statement.custodyModel);
        checkSides(process, statement.inputs.length, outputs.length);
        checkBirths(statement.inputs.length, births);
        for (uint256 i; i < outputs.length; ++i) checkOutput(sheet, process, outputs[i], i);
    }

    function check(Dispatch calldata statement) internal pure {
        if (statement.lots.length == 0) revert IParties.StatementEmpty();
        if (!_isBetween(statement.mode, TransportMode.SEA, TransportMode.NOT_APPLICABLE)) {
            revert ILots.TransportModeUnknown(statement.mode);
        }
        // Read, so that Solidity checks its range: see Words.
        statement.recallFrom;
    }

    function check(Receipt calldata statement) internal pure {
        Received[] calldata lots = statement.lots;
        if (lots.length == 0) revert IParties.StatementEmpty();
        for (uint256 i; i < lots.length; ++i) checkMass(lots[i].milligrams);
    }

    /// @dev Its scheme was looked at when its auditor was accredited.
    function check(Attestation calldata statement) internal pure {
        if (bytes(statement.scheme).length == 0) revert IParties.SchemeEmpty();
        if (!_isBetween(statement.outcome, Outcome.CONFORMANT, Outcome.ALERT)) {
            revert IAttestations.OutcomeUnknown(statement.outcome);
        }
        if (statement.validFrom >= statement.validUntil) {
            revert IAttestations.ValidityEmpty(statement.validFrom, statement.validUntil);
        }
    }

    /// @dev A delegation that ends one may leave the scope empty. The zero address would be whoever signs nothing.
    function check(Delegation calldata statement) internal pure {
        checkKey(statement.delegate);
        bool isEmpty = statement.scope == Scope.NONE && statement.validUntil != 0;
        if (isEmpty || statement.scope > Scope.ALL) revert IKeys.ScopeUnknown(statement.scope);
    }

    function check(KeyReplacement calldata statement) internal pure {
        checkKey(statement.key);
    }

    function checkKey(address key) internal pure {
        if (key == address(0)) revert IParties.AccountIsZero();
    }

    function check(Observation calldata statement) internal pure {
        bool hasReadings = statement.root != 0;
        if (!hasReadings && statement.evidence == 0) revert IParties.StatementEmpty();
        if (hasReadings != (statement.count != 0)) {
            revert IObservations.ReadingsMismatch(statement.root, statement.count);
        }
        if (statement.from > statement.until) revert IObservations.PeriodReversed(statement.from, statement.until);
    }

    function checkScheme(string calldata scheme) internal pure {
        bytes calldata name = bytes(scheme);
        if (name.length == 0) revert IParties.SchemeEmpty();
        if (name.length > MAX_SCHEME_LENGTH) revert IParties.SchemeMalformed(scheme);
        for (uint256 i; i < name.length; ++i) {
            if (!_isBetween(uint8(name[i]), FIRST_PRINTABLE, LAST_PRINTABLE)) revert IParties.SchemeMalformed(scheme);
        }
    }

    function checkMass(uint64 milligrams) internal pure {
        if (milligrams > MAX_MILLIGRAMS) revert IFacilities.MassTooLarge(milligrams);
    }

    function checkMaterial(uint8 material) internal pure {
        if (!_isBetween(material, 1, LAST_ELEMENT) && material < FIRST_MINERAL) {
            revert IFacilities.MaterialUnknown(material);
        }
    }

    function checkCodes(uint8 process, uint8 custodyModel) internal pure {
        if (!_isBetween(process, Process.EXTRACT, Process.RETIRE)) revert ILots.ProcessUnknown(process);
        if (!_isBetween(custodyModel, CustodyModel.IDENTITY_PRESERVED, CustodyModel.BOOK_AND_CLAIM)) {
            revert ILots.CustodyModelUnknown(custodyModel);
        }
    }

    function checkBirths(uint256 inputs, uint256 births) internal pure {
        if (births != inputs) revert ILots.BirthsMissing(inputs, births);
    }

    function checkSides(uint8 process, uint256 inputs, uint256 outputs) internal pure {
        if (isOrigin(process) != (inputs == 0)) revert ILots.ProcessInputsMismatch(process, inputs);
        if ((process == Process.RETIRE) != (outputs == 0)) revert ILots.ProcessOutputsMismatch(process, outputs);
    }

    function checkOutput(Balance.Sheet memory sheet, uint8 process, Output calldata output, uint256 index)
        internal
        pure
    {
        if (!_isBetween(output.commodity, 1, MAX_COMMODITY)) revert ILots.CommodityUnknown(output.commodity);
        uint64 milligrams = output.milligrams;
        if (milligrams == 0) revert ILots.MassZero(index);
        checkMass(milligrams);
        uint256 total = checkContent(sheet, process, output.content, index);
        if (total > milligrams) revert ILots.ContentExceedsMass(index, total, milligrams);
    }

    /// @dev What is mined or declared is primary; what is collected is recycled.
    /// @return total The milligrams of all pairs together.
    function checkContent(
        Balance.Sheet memory sheet,
        uint8 process,
        Content[] calldata content,
        uint256 index
    ) internal pure returns (uint256 total) {
        uint256 previous;
        for (uint256 i; i < content.length; ++i) {
            Content calldata part = content[i];
            (uint8 material, bool recycled, uint64 milligrams) = (part.material, part.recycled, part.milligrams);
            checkMaterial(material);
            checkMass(milligrams);
            if (milligrams == 0) revert ILots.ContentZero(index, i);
            uint256 pair = Balance.pair(material, recycled);
            if (pair <= previous) revert ILots.ContentUnsorted(index, i);
            if (isOrigin(process) && recycled != (process == Process.COLLECT)) {
                revert ILots.OriginRecycledMismatch(process, material, recycled);
            }
            previous = pair;
            total += milligrams;
            Balance.addOutput(sheet, pair, milligrams);
        }
    }

    function isOrigin(uint8 process) internal pure returns (bool) {
        return _isBetween(process, Process.EXTRACT, Process.DECLARE);
    }

    function _isBetween(uint256 value, uint256 lowest, uint256 highest) private pure returns (bool) {
        return value >= lowest && value <= highest;
    }
}
