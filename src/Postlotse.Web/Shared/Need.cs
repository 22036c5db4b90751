using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Postlotse.Delivery;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Shared;

/// <summary>Names of the rights that endpoints demand: the role of the same name, held and usable now.</summary>
internal static class Need
{
    public const string Mailroom = nameof(Role.Mailroom);
    public const string Office = nameof(Role.Office);
    public const string Organiser = nameof(Role.Organiser);
    public const string Auditor = nameof(Role.Auditor);
    public const string Administrator = nameof(Role.Administrator);

    /// <summary>Auditor or administrator: evidence of the accounts, technical details.</summary>
    public const string Records = "Records";

    /// <summary>Auditor or organiser: evidence of what was learned.</summary>
    public const string ModelRecords = "ModelRecords";

    /// <summary>Mailroom by API token instead of a cookie.</summary>
    public const string Api = "Api";

    public static void AddTo(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        foreach (var role in Enum.GetValues<Role>())
            options.AddPolicy(role.ToString(), policy => policy.RequireAssertion(c => Has(c, role)));
        options.AddPolicy(Records, policy => policy.RequireAssertion(c => Has(c, Role.Auditor) || Has(c, Role.Administrator)));
        options.AddPolicy(ModelRecords, policy => policy.RequireAssertion(c => Has(c, Role.Auditor) || Has(c, Role.Organiser)));
        options.AddPolicy(Api, policy => policy.AddAuthenticationSchemes(Web.Api.TokenHandler.Scheme)
            .RequireAuthenticatedUser().RequireAssertion(c => Has(c, Role.Mailroom)));
    }

    private static bool Has(AuthorizationHandlerContext context, Role role) =>
        context.User.Identity is { IsAuthenticated: true } && context.Resource is HttpContext http
        && CurrentAccount.Of(http) is { } account && Access.IsAtWork(account, role);
}
