namespace Postlotse.App.Cli;

/// <summary>Names of the texts in Texts.resx and Texts.en.resx.</summary>
internal enum TextKey
{
    About, AboutServe, AboutWork, AboutProcess, AboutRoute, AboutLearn, AboutEvaluate, AboutVerify, OptionHelp, OptionVersion,
    OptionVerbose, OptionConfig, OptionOrg, OptionFirstOrg, OptionModel,
    OptionLanguages, OptionSheetKey, OptionUnsignedSheets, SheetKeyUnfit, OptionReceived, ReceivedUnfit, OptionModelOut,
    OptionLetters, OptionDecisions, OptionOut,
    OptionJson, OptionData, OptionUrls, OptionDemo, ArgumentPaths, ArgumentVerify, ExampleHeading, ExampleServe, ExampleWork,
    ExampleProcess, ExampleRoute, ExampleLearn, ExampleEvaluate, ExampleVerify, SeeHelp, NotYetAvailable, ModelUnreadable, Interrupted,
    InternalError, FileUnreadable, FileUnwritable, NoSuchPath, NoInputFiles, SkippedData, OrgUnreadable,
    LineInvalid, LineNoUnit, LineNoUnitToLearn,
        LineUnknownUnit, LearnTraining,
    LearnDone, LearnNotLive, LearnPromise, LearnNoPromise,
    LettersSkipped, NoLetters, UnitLetters, UnitFiles, ProcessFailed, ProcessPart, ProcessDone, OutputIsInput, StageFailed, VerifyNothing,
    VerifyNoDatabase, VerifyDatabaseBroken, VerifyGood, VerifyBroken, VerifyNoJson, VerifyIdWrong, VerifyPdfMissing, VerifyPdfChanged,
    VerifyCount, VerifyStrayPdf, AllowedObject, AllowedText, AllowedTexts, AllowedNumber, AllowedWhole, SettingsWrong, SettingsWrongValue,
    SettingsUnknownKey, SettingsNoJson, SettingsNoConnection, SettingsArchive, SettingsFolder,
    NoOrganisation, OrganisationKept, DataInUse, UrlsWrong, AddressInUse,
    DatabaseUnreachable, PlanUnreadable, OrganisationFromDatabase, BarcodesUnread, LanguageNotInstalled, LanguageUnknown,
    ServeReady, ServeFolder, ServeFirstPassword, ServeDemoClosed, ServeStop, ServeStopped,
    ServeUnattended, VerifyAccounts, VerifyDeleted,
    AllowedNetworks, AllowedLocalUrl, SettingsKeyMissing, LanguageModelNoKey, LanguageModelPublic,
    ServeLanguageModel,
}
