using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

public sealed class RetentionSettingsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("30", 30)]
    [InlineData("36500", 36_500)]
    public void The_setting_is_a_number_of_days_or_nothing(string? text, int? days) =>
        Assert.Equal(days, Read(text).ClosedConversationDays);

    [Theory]
    [InlineData("29")]
    [InlineData("0")]
    [InlineData("-30")]
    [InlineData("36501")]
    [InlineData("a year")]
    [InlineData("30.5")]
    [InlineData(" 30")]
    public void Anything_else_is_an_error_that_says_what_to_do(string text) => Assert.Equal(
        "Retention__ClosedConversationDays is not a whole number from 30 to 36500; "
            + "set it to a number of days, or remove it to keep conversations.",
        Assert.Single(Assert.Throws<SettingsException>(() => Read(text)).Errors));

    private static RetentionSettings Read(string? text) => RetentionSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Retention:ClosedConversationDays", text)]).Build());
}
