// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process, Scope} from "./Codes.sol";
import {Lots} from "./Lots.sol";
import {
    Birth,
    Content,
    Correction,
    LotHead,
    LotId,
    LotStatus,
    LotTrace,
    Output,
    PartyState,
    Production,
    RetirementState,
    StatementId
} from "./Types.sol";
import {ILots} from "./interfaces/ILots.sol";
import {Balance} from "./libraries/Balance.sol";
import {Calldata, Sizes} from "./libraries/Calldata.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {Forms} from "./libraries/Forms.sol";
import {LotWord, LotWords} from "./libraries/LotWord.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title Productions and their corrections
abstract contract Productions is Lots {
    using Balance for Balance.Sheet;

    /// @dev A production with outputs shows in their state; one without them shows here.
    mapping(StatementId production => RetirementState) private _retirements;

    /// @inheritdoc ILots
    function recordProduction(Production calldata statement, Birth[] calldata births, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        (bytes32[] memory outputHashes, uint256 end) = Statements.hashes(statement);
        bytes32 structHash = Statements.hash(statement, outputHashes);
        Balance.Sheet memory sheet = Forms.check(statement, births.length);
        (id, signer) = _authorize(
            statement.custodian,
            _requireActive(statement.custodian),
            Scope.PRODUCTION,
            structHash,
            statement.recordBy,
            signature
        );
        _requireUnborn(id, outputHashes);
        _requireRecent(statement.occurredAt);
        uint8 kind = _requireOperated(statement.facility, statement.custodian);
        _requireOriginAllowed(statement.process, kind);
        _spend(statement, births);
        _conserve(sheet, statement, births, kind, false);
        _bear(id, outputHashes, statement);
        _emitProduction(id, statement, end, signer, signature);
    }

    function _emitProduction(
        StatementId id,
        Production calldata statement,
        uint256 end,
        address signer,
        bytes calldata signature
    ) private {
        uint256 start = Calldata.startOf(statement);
        Words.logDynamic(ProductionRecorded.selector, id, start, end - start, signer, signature);
    }

    /// @inheritdoc ILots
    function recordCorrection(
        Correction calldata statement,
        Production calldata corrected,
        Birth[] calldata births,
        bytes calldata signature
    ) external returns (StatementId id) {
        address signer;
        (bytes32[] memory outputHashes,) = Statements.hashes(corrected);
        bytes32 structHash = Statements.hash(corrected, outputHashes);
        Forms.checkBirths(corrected.inputs.length, births.length);
        PartyState memory author = _requireActive(statement.author);
        (id, signer) = _authorize(
            statement.author, author, Scope.CORRECTION, Statements.hash(statement), statement.recordBy, signature
        );
        _requireWitness(statement.production, structHash);
        if (corrected.custodian != statement.author) {
            revert CorrectionNotByAuthor(corrected.custodian, statement.author);
        }
        _requireRecent(statement.occurredAt);
        _void(statement, outputHashes);
        _restore(id, statement.occurredAt, corrected.inputs, births);
        _conserve(_outputsOf(corrected), corrected, births, _facilityKind(corrected.facility), true);
        Words.log(
            CorrectionRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.CORRECTION,
            signer,
            signature
        );
    }

    /// @inheritdoc ILots
    function retirementState(StatementId production) external view returns (RetirementState) {
        return _retirements[production];
    }

    // ── Inputs ──

    function _spend(Production calldata statement, Birth[] calldata births) private {
        LotHead[] calldata inputs = statement.inputs;
        (address custodian, uint40 occurredAt) = (statement.custodian, statement.occurredAt);
        for (uint256 i; i < inputs.length; ++i) {
            LotWord state = _requireHeld(inputs, i, custodian, occurredAt);
            _requireBirth(inputs[i].lot, births[i]);
            _write(inputs[i].lot, state.next(custodian, occurredAt, LotStatus.Spent, state.trace()));
        }
    }

    /// @dev The production stood, so that its inputs are spent, and by nothing else. They get a new head: what was drafted
    /// for the old one, the production itself included, cannot be recorded on them again.
    function _restore(StatementId id, uint40 occurredAt, LotHead[] calldata inputs, Birth[] calldata births) private {
        for (uint256 i; i < inputs.length; ++i) {
            LotId lot = inputs[i].lot;
            _requireBirth(lot, births[i]);
            LotWord state = _lotState(lot);
            _requireAfter(lot, state.occurredAt(), occurredAt);
            LotTrace trace = state.trace() == LotTrace.None ? LotTrace.Corrected : state.trace();
            _touch(lot, state.next(state.custodian(), occurredAt, LotStatus.Held, trace), id);
        }
    }

    function _requireBirth(LotId lot, Birth calldata birth) private pure {
        LotId born = Statements.lotId(birth.production, birth.index, Statements.hash(birth.output));
        if (LotId.unwrap(born) != LotId.unwrap(lot)) revert BirthMismatch(lot, born);
    }

    // ── Outputs ──

    function _bear(StatementId id, bytes32[] memory outputHashes, Production calldata statement) private {
        if (outputHashes.length == 0) _retirements[id] = RetirementState.Recorded;
        LotWord born = LotWords.bear(statement.custodian, statement.occurredAt, block.timestamp);
        for (uint256 i; i < outputHashes.length; ++i) _write(Statements.lotId(id, i, outputHashes[i]), born);
    }

    function _requireUnborn(StatementId id, bytes32[] memory outputHashes) private view {
        bool isKnown = outputHashes.length == 0
            ? _retirements[id] != RetirementState.None
            : _lotState(Statements.lotId(id, 0, outputHashes[0])).status() != LotStatus.None;
        if (isKnown) revert StatementAlreadyRecorded(StatementId.unwrap(id));
    }

    function _void(Correction calldata statement, bytes32[] memory outputHashes) private {
        StatementId production = statement.production;
        if (outputHashes.length == 0) {
            _requireStanding(
                production,
                _retirements[production] != RetirementState.None,
                _retirements[production] == RetirementState.Corrected
            );
            _retirements[production] = RetirementState.Corrected;
        }
        for (uint256 i; i < outputHashes.length; ++i) {
            LotId lot = Statements.lotId(production, i, outputHashes[i]);
            LotWord state = _lotState(lot);
            LotStatus status = state.status();
            _requireStanding(production, status != LotStatus.None, status == LotStatus.Void);
            if (status != LotStatus.Held || state.trace() == LotTrace.Dispatched) revert OutputMoved(lot);
            _requireAfter(lot, state.occurredAt(), statement.occurredAt);
            _write(lot, state.next(statement.author, statement.occurredAt, LotStatus.Void, state.trace()));
        }
    }

    function _requireStanding(StatementId production, bool isKnown, bool isCorrected) private pure {
        if (!isKnown) revert ProductionUnknown(production);
        if (isCorrected) revert ProductionIsCorrected(production);
    }

    // ── Balance ──

    /// @dev The quota that the production uses; where `isCorrected`, what it used is returned, by the same sums.
    /// @param sheet With what comes out.
    function _conserve(
        Balance.Sheet memory sheet,
        Production calldata statement,
        Birth[] calldata births,
        uint8 kind,
        bool isCorrected
    ) private {
        if (statement.process == Process.DECLARE || statement.process == Process.RETIRE) return;
        Output[] calldata outputs = statement.outputs;
        for (uint256 i; i < births.length; ++i) sheet.addInput(births[i].output.content);
        QuotaUse memory use = QuotaUse(statement.facility, Calendar.year(statement.occurredAt), isCorrected);
        for (uint256 i; i < outputs.length; ++i) {
            if (births.length == 0) _originate(use, sheet, outputs[i].content);
            else _transform(use, sheet, outputs[i].content, kind == FacilityKind.RECYCLER);
        }
    }

    function _outputsOf(Production calldata statement) private pure returns (Balance.Sheet memory sheet) {
        for (uint256 i; i < statement.outputs.length; ++i) sheet.addOutput(statement.outputs[i].content);
    }

    function _originate(QuotaUse memory use, Balance.Sheet memory sheet, Content[] calldata content) private {
        for (uint256 i; i < content.length; ++i) {
            Content calldata part = content[i];
            _useQuota(use, part.material, part.recycled, sheet.originate(part.material, part.recycled));
        }
    }

    function _transform(
        QuotaUse memory use,
        Balance.Sheet memory sheet,
        Content[] calldata content,
        bool mayConvert
    ) private {
        for (uint256 i; i < content.length; ++i) {
            uint8 material = content[i].material;
            _useQuota(use, material, true, sheet.convert(material, mayConvert));
        }
    }

    function _requireOriginAllowed(uint8 process, uint8 kind) private pure {
        bool isMine = kind == FacilityKind.MINE || kind == FacilityKind.ARTISANAL_MINE;
        if ((process == Process.EXTRACT && !isMine) || (process == Process.COLLECT && kind != FacilityKind.RECYCLER)) {
            revert OriginNotAtThisFacility(process, kind);
        }
    }
}
