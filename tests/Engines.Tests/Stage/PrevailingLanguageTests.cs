using Postlotse.Recognition;

namespace Engines.Tests.Stage;

/// <summary>Laws of the language guess.</summary>
public sealed class PrevailingLanguageTests
{
    [Theory]
    [InlineData("de", "Sehr geehrte Damen und Herren, ich bitte Sie um eine Auskunft über die Gebühren für das Jahr.")]
    [InlineData("en", "Dear Sir or Madam, I would like to ask you for information on the fees of the last year.")]
    [InlineData("fr", "Madame, Monsieur, je vous prie de bien vouloir me donner des informations sur les frais pour cette année.")]
    [InlineData("tr", "Sayın yetkili, oturma izni için bir randevu almak istiyorum ve bu konuda çok bilgi gerekli.")]
    [InlineData("pl", "Szanowni Państwo, proszę o informację na temat opłat za ten rok, nie wiem, czy to jest do zapłaty.")]
    [InlineData("und", "")]
    [InlineData("und", "14.02.  Dauerauftrag  -27,07  15.08.")]
    [InlineData("uk", "Прошу призначити мені зустріч до кінця місяця, якщо це можливо, і написати, що для цього потрібно.")]
    [InlineData("ru", "Прошу назначить мне встречу до конца месяца, если это возможно, и написать, что для этого нужно.")]
    [InlineData("ar", "أرجو منكم أن تكتبوا لي إذا كانت هناك أوراق أخرى مطلوبة قبل هذا الموعد")]
    [InlineData("und", "кириллица и другие буквы здесь")]
    public void Text_HasItsLanguage(string language, string text) => Assert.Equal(language, PrevailingLanguage.Of(text));

    [Fact]
    public void GermanLetterWithForeignSentence_IsGerman() =>
        Assert.Equal("de", PrevailingLanguage.Of(
            "Ich möchte mich für die Wohnung anmelden und bitte Sie um einen Termin bei der Stadt. Thank you and have a nice day."));
}
