/** Where a workflow runs. */
export type CiProvider = 'github' | 'gitlab'

/** What a workflow is made for. */
export interface CiSettings {
  /** The workspace's folder from the root of the repository; `.` is the root. */
  readonly folder: string
  /** The version of Congruent that is installed. */
  readonly version: string
}

/** The file that makes a repository check each change, by its name from the root. */
export function ciFiles(provider: CiProvider, settings: CiSettings): Readonly<Record<string, string>> {
  return provider === 'github'
    ? { '.github/workflows/congruent.yml': githubWorkflow(settings) }
    : { '.gitlab-ci.yml': gitlabJob(settings, 'node:24') }
}

function githubWorkflow({ folder, version }: CiSettings): string {
  return `# What a pull request does to the constraints of this repository, and whether what is observed conforms.
name: congruent

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read
  pull-requests: write # for the comment: leave it out together with the last step

env:
  WORKSPACE: ${quoted(folder)}
  BASE: origin/\${{ github.base_ref }}

jobs:
  congruent:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # a change is looked at from where the branches part
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm install --global congruent@${version}
      - name: What the change does
        if: github.event_name == 'pull_request'
        run: congruent review -C "$WORKSPACE" --base "$BASE" --output markdown=review.md
      - name: Whether what it touches conforms
        if: \${{ !cancelled() && github.event_name == 'pull_request' }}
        run: congruent check -C "$WORKSPACE" --changed "$BASE" --format github --output markdown=check.md
      - name: Whether everything conforms
        if: github.event_name == 'push'
        run: congruent check -C "$WORKSPACE" --format github
      - name: Comment on the pull request
        # A pull request from a fork has no right to be commented on from here.
        if: \${{ !cancelled() && github.event.pull_request.head.repo.full_name == github.repository }}
        env:
          GH_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.number }}
        run: |
          comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
          for file in review.md check.md; do
            [ -f "$file" ] || continue
            # The first line is the same each time: by it the comment is found that is to be replaced.
            export MARKER="$(head -n 1 "$file")"
            id="$(gh api --paginate "$comments" --jq '.[] | select(.body | startswith(env.MARKER)) | .id' | head -n 1)"
            if [ -n "$id" ]; then
              gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$file"
            else
              gh api --silent "$comments" --field "body=@$file"
            fi
          done
`
}

/** A job of GitLab; `image` needs Node, npm and git. */
export function gitlabJob({ folder, version }: CiSettings, image: string): string {
  return `# What a merge request does to the constraints of this repository, and whether what is observed conforms.
congruent:
  image: ${quoted(image)}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    GIT_DEPTH: 0 # a change is looked at from where the branches part
    WORKSPACE: ${quoted(folder)}
  script:
    - npm install --global 'congruent@${version}'
    - |
      base="$CI_MERGE_REQUEST_DIFF_BASE_SHA"
      status=0
      if [ -n "$base" ]; then
        congruent review -C "$WORKSPACE" --base "$base" --output html=review.html || status=$?
        congruent check -C "$WORKSPACE" --changed "$base" --output junit=congruent.xml || status=$?
        # GitLab compares the whole state with that of the target branch; the two runs above decide.
        congruent check -C "$WORKSPACE" --quiet --format gitlab --output html=check.html > quality.json || true
      else
        congruent check -C "$WORKSPACE" --output gitlab=quality.json --output junit=congruent.xml --output html=check.html || status=$?
      fi
      exit $status
  artifacts:
    when: always
    reports:
      junit: congruent.xml
      codequality: quality.json
    paths: [review.html, check.html]
`
}

/** A text as YAML writes it in quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
